"""Installs the packages that `make package` has built, as a person does, and uses them: `make test-packages`.

It needs a network (Debian's packages, and for the wheel PyPI's), root, and minutes; so pytest leaves it out.
"""
