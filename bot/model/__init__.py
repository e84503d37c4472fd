"""The vocabulary of Youkong: frozen values, no I/O. docs/glossary.md explains each word."""
