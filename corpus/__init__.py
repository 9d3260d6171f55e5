"""What the state publishes, as exact data: documents, procedures, tasks, chunks. No machine learning."""
