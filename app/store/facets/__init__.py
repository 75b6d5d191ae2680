"""How often which value, which hour and which level occur in the issues that a list shows.

Who asks holds a `Survey`: bitmaps of issues, read once, in steps, and then brought up to date by what has
changed. Counting in them takes 15 ms at a million events, whatever the search. The tables alone would have to
be read for it (0.4 s a facet), or to have an index by something random, which every event would write.
"""
