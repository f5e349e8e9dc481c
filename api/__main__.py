"""`python -m api` is `credit-assistant`."""

from api.entry import main

main()
