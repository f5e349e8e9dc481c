"""How values look as a picture: SVG made on the server, with a table that says the same.

    figure.py  what every chart stands in: title, key, picture, table
    svg.py     elements and numbers of a picture      scale.py  where a value lies, and round steps
    line.py    something over time, several lines     bar.py    groups beside each other
    radar.py   parts of a whole, several series       gauge.py  how far along, as a half ring
    timeline.py  from which day on a matter is over

Pure functions from values to `Markup`. Colours, dashes and sizes are classes of `static/charts.css`: no style stands
in the markup, light and dark follow the page, and no series is told by colour alone.
"""
