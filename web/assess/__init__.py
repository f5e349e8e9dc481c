"""What pages about a self-assessment show: values for templates, and what its forms send.

cards.py    one item on the form        filters.py  which items a page shows, and how far it is
answers.py  what the form sends         figures.py  the finance form and its indicators
charts.py   gauge, radar, timeline      dossier.py  what is put on paper
"""
