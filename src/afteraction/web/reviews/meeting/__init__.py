"""The meeting of a review as its pages show it: who may be there, and what they have before them."""
