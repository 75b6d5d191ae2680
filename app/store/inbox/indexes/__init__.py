"""Tables and indexes that find events and issues without reading them."""
