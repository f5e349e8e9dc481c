"""Questions about the own record in chat: what is asked, what the records say, and with which sources."""
