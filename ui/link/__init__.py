"""Between the window and everything else."""
