"""The intake of files from elsewhere: taken apart in a process of their own, cleaned, tagged, ready to be bound.

intake ── the door; shelf keeps what was taken, office converts
worker, pipe, taken ── asks the process, and believes nothing that it answers
child, confinement ── the process
sniffing ── what a file is: pdf, picture, plain
pdf ── source, values ── reads; actions, annotations, roles ── what may come along
       reading, content ── what pages draw; structure, standard ── what is said of it
       binding, emitting ── makes the fragment; proof checks it
"""

from planstudio.reports.foreign.intake import Given, Intake
from planstudio.reports.foreign.taken import Picture, Taken

__all__ = ["Given", "Intake", "Picture", "Taken"]
