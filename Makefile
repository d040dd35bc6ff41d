# make demo · make test · make install PREFIX=/usr/local
PREFIX ?= /usr/local

.PHONY: demo test install bench clean
