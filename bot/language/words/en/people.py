"""English given names that are no words: people wherever they stand, in small letters too (bob tomorrow 3pm)."""

_NAMES = (
    "aaron abigail adam adrian agnes aidan alan albert alex alexander alexandra alfred alice alicia alison allan "
    "allen amanda amelia amy andrea andrew andy angela anita anthony antonio arthur barbara ben benjamin bernard "
    "beth betty bob bobby brad brandon brenda brian bruce bryan carl carlos carol caroline carolyn catherine cathy "
    "charles charlie charlotte cheryl chloe chris christina christine christopher cindy claire clara colin connie "
    "craig cynthia daniel danny dave david deborah debra dennis derek diana diane donald donna doris dorothy "
    "douglas dylan eddie edward elaine eleanor elena eli elizabeth ella ellen emily emma eric erica erik ethan "
    "eugene evan evelyn fiona florian fred frederick gabriel gareth gary geoff george gerald gina gloria gordon "
    "graham greg gregory hannah harold harriet heather helen henry howard hugo ian irene isaac isabella ivan jacob "
    "jake james jamie jane janet janice jason jeff jeffrey jennifer jenny jeremy jerry jessica jessie jill jim "
    "jimmy joan joe joel john johnny jonathan jordan joseph joshua joyce juan judith judy julia julian julie justin "
    "karen kate katherine kathleen kathy katie keith kelly kenneth kevin kim kimberly kyle larry laura lauren "
    "laurence leo leon leonard leslie liam linda lisa logan lois lori louis louise lucas lucy luis luke lynn maggie "
    "malcolm marcus margaret marilyn mario marion martha martin marvin mateo matthew maurice megan melanie melissa "
    "michael michelle miguel mike mohamed mohammed molly monica nancy naomi natalie nathan nathaniel nicholas "
    "nicole nigel nina noah norman olga oliver olivia oscar owen pablo pamela patricia patrick paula pauline pedro "
    "peggy peter phil philip phillip phyllis rachel ralph raymond rebecca richard robert roberta robin rodney roger "
    "ronald ronnie rosemary ross roy russell ruth ryan sally sam samantha samuel sandra sara sarah scott sean "
    "sergio sharon shaun sheila shirley simon sofia sonia sophia sophie stanley stefan stella stephanie stephen "
    "steve steven stuart susan suzanne sylvia tara ted teresa terry theodore theresa thomas tiffany tim timothy "
    "tina todd tom tommy toni tony tracy trevor tyler valerie vanessa vera vernon veronica vincent virginia vivian "
    "walter wanda wayne wendy wesley william xavier yolanda yvonne zach zachary zoe"
)
GIVEN = frozenset(_NAMES.split())
"""In lower case."""
TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "prof", "mister", "professor", "sir", "madam"))
"""What stands before a surname."""
