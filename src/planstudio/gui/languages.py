"""Qt's own words, in menus of texts and in its dialogs, in the language of the program."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication


def speak(app: QApplication, language: str) -> None:
    """Say them in *language*, such as "es_US"; in English where Qt has no words for it."""
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    made = QTranslator(app)
    if made.load(f"qtbase_{language[:2]}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(made)
    QLocale.setDefault(QLocale(language))
