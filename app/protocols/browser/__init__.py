"""What browsers report by themselves: violations of a page's policies, deprecations, interventions, crashes.

`read` knows the two shapes, `telling` what each kind of report says in words.
"""
