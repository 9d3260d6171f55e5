"""How the shipped models are made: `python -m retrieval.training --texts FOLDER`."""
