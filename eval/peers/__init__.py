"""Other systems on the same questions, documents and machine: what somebody would get out of the box.

They are no dependencies of ours: `python -m eval.peers` runs where they are installed, each system in a process of its
own so that its memory is its own.
"""
