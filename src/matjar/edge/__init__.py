"""The HTTP rim that surfaces share: who is asking, in which language, with which right; what is answered, and how fast."""
