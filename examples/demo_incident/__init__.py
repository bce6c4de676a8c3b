"""The evidence of INC-2041 as its systems would have written it. See `examples/make_demo.py`."""
