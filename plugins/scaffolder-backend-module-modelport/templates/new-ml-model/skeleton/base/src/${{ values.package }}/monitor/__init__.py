"""Whether production still looks like the training."""
