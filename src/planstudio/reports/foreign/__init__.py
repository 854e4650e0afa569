"""The intake of files from elsewhere: taken apart in a process of their own, cleaned, tagged, ready to be bound.

intake ── the door; file_cache keeps what was imported, office converts
worker, pipe, imported ── asks the process, and believes nothing that it answers
child, confinement ── the process
sniffing ── what a file is: pdf, picture, text_file
pdf ── opening, source, values ── reads; actions, annotations, roles ── what may come along
       reading, content ── what pages draw; elements, structure, structure_objects, standard ── what is said of it
       binding, page_contents, emitting ── makes the fragment; appearances draws the fields that a file leaves to it
       validation, page_text ── what is checked and read of the fragment
"""

from planstudio.reports.foreign.imported import ImportedFile, Picture
from planstudio.reports.foreign.intake import Given, Intake

__all__ = ["Given", "ImportedFile", "Intake", "Picture"]
