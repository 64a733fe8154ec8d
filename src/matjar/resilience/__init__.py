"""Small state machines that keep one ill part from making others ill. They take ``now``; bundles alone touch a disk."""
