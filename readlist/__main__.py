"""`python -m readlist`: the same program as `readlist`."""

from readlist.cli import main

if __name__ == "__main__":
    main()
