"""Who is asking, and what follows from it: accounts, sessions, second factor, scope, audit."""
