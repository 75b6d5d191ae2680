"""Airbrake's API, third version: what pybrake, airbrake, airbrake-js and their relatives send.

`accept` says whose it is and what is answered, `read` makes an event of a notice; `errors` has what was
raised and where, `surroundings` what was going on around it.
"""
