"""What people and shops do with rights.

What is a person's is done under the house (shop 0), what is a shop's under the shop. Nobody is in two transactions at
once: who accepts an invitation first opens an account, which opens nothing, and then enters the shop with it.
Whoever acts is ``tx.actor``; what they may is asked here again, of the truth, whatever the edge asked of its bundle.
"""
