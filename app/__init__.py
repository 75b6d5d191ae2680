"""Arecibo's engine: everything that receives, understands and stores errors. No Qt in here."""
