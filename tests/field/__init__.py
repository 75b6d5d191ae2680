"""Small requests from the field, each with what is right (`tests/samples/field/`)."""
