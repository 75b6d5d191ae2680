"""What all formats share: decoding of bodies, forms and JSON in every state, with limits."""
