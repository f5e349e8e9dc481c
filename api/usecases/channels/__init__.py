"""What people do from a channel: ask, bind their account, see their status, reach a person."""
