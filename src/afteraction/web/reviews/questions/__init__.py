"""The five questions of a review: what each already knows before anybody writes."""
