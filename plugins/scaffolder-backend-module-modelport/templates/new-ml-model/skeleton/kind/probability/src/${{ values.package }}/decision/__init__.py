"""From scores to decisions, by versioned configuration."""
