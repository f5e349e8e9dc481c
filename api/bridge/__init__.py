"""Messaging: people ask and are answered in WeChat and WeCom as on the web."""
