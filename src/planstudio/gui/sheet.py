"""How every kind of widget looks, as a Qt style sheet in words of its own.

@accent is a color of the theme, @1.25 so many gaps, @1.25-1 a pixel less, @round and @rounder the corners of controls
and cards, @down and @check signs.
"""

SHEET = """QMainWindow, QDialog, QScrollArea, QWidget[area="page"] { background: @page; border: none; }
QWidget[area="side"] { background: @side; border: none; }
QFrame[area="card"] { background: @card; border: 2px solid transparent; border-radius: @rounder; }
QFrame[area="card"]:focus { border-color: @accent; }
QFrame[area="advice"], QFrame[area="wash"] { border: 2px solid transparent; border-radius: @rounder; }
QFrame[area="question"] { background: @page; border: 2px solid transparent; border-radius: @rounder; }
QFrame[area="question"]:focus { border-color: @accent; }
QFrame[area="wash"] { background: @accent_wash; }
QFrame[area="advice"]:focus, QFrame[area="wash"]:focus { border-color: @accent; }
QFrame[area="open"] { background: @card; border-radius: @rounder; }
QFrame[area="banner"] { background: @amber_wash; border-radius: @rounder; }
QFrame[area="note"] { background: @hover; border-radius: @rounder; }
QFrame[area="float"] { background: @page; border: 1px solid @edge; border-radius: @rounder; }
QFrame[area="alarm"] { background: @red_wash; border-radius: @rounder; }
QFrame[area="line"] { background: @line; border: none; }
QToolBar, QStatusBar { background: @side; border: none; }
QStatusBar::item { border: none; }
QStatusBar { border-top: 1px solid @line; }
QToolBar { padding: 0 @2; spacing: @0.5; border-bottom: 1px solid @line; }
QToolBar QToolButton { padding: @0.25 @1; }
QMenuBar { background: @side; padding: @0.25 @2; }
QMenuBar::item { padding: @0.75 @2; border-radius: @round; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @page; border: 1px solid @line; padding: @1; }
QMenu::item { padding: @1.25 @6 @1.25 @3; border-radius: @round; }
QMenu::item:selected { background: @accent_wash; color: @text; }
QMenu::item:disabled { color: @edge; }
QMenu::separator { height: 1px; background: @line; margin: @1 @2; }
QSlider::groove:horizontal { height: @1; background: @line; border-radius: @0.5; }
QSlider::sub-page:horizontal { background: @accent; border-radius: @0.5; }
QSlider::handle:horizontal { width: @3.5; margin: -@1.25 0; border-radius: @1.75;
    background: @page; border: 2px solid @accent; }
QSlider::handle:horizontal:focus { background: @accent; }
QSplitter::handle { background: @line; }
QPushButton, QToolButton { border: 2px solid transparent; border-radius: @round; padding: @1.25 @3;
    background: @grey_wash; }
QToolButton, QPushButton[kind="quiet"] { background: transparent; padding: @1 @1.5; }
QToolButton::menu-indicator { image: none; }
QPushButton[kind="quiet"] { color: @accent; }
QToolButton:checked, QPushButton:checked { background: @accent_wash; color: @accent; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed { background: @line; }
QPushButton[kind="primary"] { background: @accent; color: @on_accent; font-weight: 600; }
QPushButton[kind="primary"]:disabled, QPushButton:disabled { background: @grey_wash; color: @edge; }
QPushButton[kind="quiet"]:disabled { background: transparent; }
QPushButton:focus, QToolButton:focus { border-color: @accent; }
QPushButton[kind="primary"]:focus { border-color: @text; }
QLineEdit, QComboBox, QTextEdit, QDateEdit, QSpinBox { background: @field; border: 1px solid @edge;
    border-radius: @round; padding: @1.25 @2; selection-background-color: @accent;
    selection-color: @on_accent; }
QLineEdit:focus, QComboBox:focus, QTextEdit:focus, QDateEdit:focus, QSpinBox:focus {
    border: 2px solid @accent; padding: @1.25-1 @2-1; }
QLineEdit[wrong="true"], QTextEdit[wrong="true"], QDateEdit[wrong="true"] { border: 2px solid @red; }
QTextEdit[inline="true"], QLineEdit[inline="true"] { background: transparent; border: 2px solid transparent;
    padding: @0.25 @1; }
QTextEdit[inline="true"]:hover, QLineEdit[inline="true"]:hover { background: @hover; }
QTextEdit[inline="true"]:focus, QLineEdit[inline="true"]:focus { background: @field;
    border: 2px solid @accent; padding: @0.25 @1; }
QTextEdit[inline="true"][wrong="true"] { border: 2px solid @red; }
QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView::item { min-height: @7; padding: 0 @1.5; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: @6; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url(@down); width: @3.5; height: @3.5; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QComboBox QAbstractItemView { background: @page; border: 1px solid @line; padding: 0;
    selection-background-color: @accent_wash; selection-color: @text; }
QAbstractItemView { border: none; background: transparent; outline: 0; }
QHeaderView, QHeaderView::section { background: transparent; color: @muted; border: none;
    border-bottom: 1px solid @line; }
QHeaderView::section { padding: @1.5 @2; }
QTableView { gridline-color: @line; selection-background-color: @accent_wash;
    selection-color: @text; }
QTableView:focus, QListView:focus { border: none; }
QScrollBar { background: transparent; width: @3; height: @3; margin: 0; }
QScrollBar::handle { background: @thumb; border-radius: @0.75; margin: @0.75;
    min-height: @8; min-width: @8; }
QScrollBar::handle:hover { background: @edge; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    height: 0; width: 0; background: transparent; }
QProgressBar { background: @line; border: none; border-radius: @0.5; max-height: @1; }
QProgressBar::chunk { background: @accent; border-radius: @0.5; }
QToolTip { border: none; padding: @1 @2; background: @text; color: @page; }
QCheckBox { spacing: @2; }
QCheckBox::indicator, QTreeView::indicator, QListView::indicator { width: @3.5; height: @3.5;
    border: 1px solid @edge; border-radius: @0.75; background: @field; }
QCheckBox::indicator:checked, QTreeView::indicator:checked, QListView::indicator:checked {
    background: @accent; border-color: @accent; image: url(@check); }
QCheckBox::indicator:focus { border: 2px solid @accent; }
QTreeView, QListView { selection-background-color: @accent_wash; selection-color: @text; }
QTreeView[kind="outline"] { selection-background-color: transparent; }
QTreeWidget::item, QListWidget::item { min-height: @7; padding: 0 @1; border-radius: @round; }
QTreeWidget::item:selected, QListWidget::item:selected { background: @accent_wash; color: @text; }
QTableView::item { padding: 0 @2; }
QPlainTextEdit { background: @field; border: 1px solid @line; border-radius: @round; padding: @2; }
QComboBox[kind="quiet"] { background: transparent; border: 2px solid transparent; color: @accent;
    font-weight: 600; padding: @0.5 @1; }
QComboBox[kind="quiet"]:hover { background: @hover; }
QComboBox[kind="quiet"]:focus { border-color: @accent; }
QTextEdit[tone="accent"] { color: @accent; }
"""
