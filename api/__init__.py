"""HTTP and the `motcua` command: the outermost package."""
