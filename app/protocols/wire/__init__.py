"""What every format is read with: bodies, forms, JSON in every state, and the limits on them."""
