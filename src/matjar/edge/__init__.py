"""The HTTP rim that surfaces share: who is asking, in which language, with which right, and what is answered."""
