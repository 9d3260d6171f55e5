"""Question and hits -> a cited answer, on a channel."""
