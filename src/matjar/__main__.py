"""`python -m matjar`, the same as the command `matjar`."""

from matjar.compose.cli import main

if __name__ == "__main__":
    main()
