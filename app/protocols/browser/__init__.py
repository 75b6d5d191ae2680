"""What browsers report by themselves: violations of a page's policies, deprecations, interventions, crashes.

`read` reads the two shapes of reports, `description` describes each kind of them.
"""
