"""`python -m fastbuild`, with Pelican's own arguments."""

from .command import main

if __name__ == "__main__":
    main()
