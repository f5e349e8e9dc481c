"""Short lessons on the rules, each sentence with its provision, and what a person has learnt."""
