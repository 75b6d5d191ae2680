"""Raygun's API: what raygun4py, raygun for Node, raygun4js and their relatives send.

`accept` says whose it is and what is answered, `read` makes events of one entry or many; `errors` has what
was raised and where, `surroundings` what was going on around it.
"""
