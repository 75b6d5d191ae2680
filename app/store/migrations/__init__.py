"""How a database of an older version becomes one of this: Alembic's scripts, one a change of the schema."""
