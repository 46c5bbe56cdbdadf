# Bootstrap only: needs Python 3.11 or newer, git and make. Without make: python3 bootstrap.py site (or test).
.PHONY: site test
.NOTPARALLEL:

site test:
	@for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    exec "$$python" bootstrap.py $@; \
	  fi; \
	done; \
	echo "make: no Python 3.11 or newer here; install one (apt install python3, brew install python) and try again" >&2; \
	exit 4
