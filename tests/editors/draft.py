"""python3 draft.py BYTES: prints an invented story of about that length, with something to mend in each paragraph."""

import sys

SURNAMES = "Quill Dahl Orr Moreau Tanaka Lindqvist Abara Kovac Ferrante Okafor Byrne Sato".split()
TOWNS = ["Halden", "Port Arran", "Eastmere", "Viborg", "Marlow", "Kesh", "Tolland", "Ravenna"]


def paragraph(nth):
    one, other, town = SURNAMES[nth % 12], SURNAMES[(nth // 5 + 3) % 12], TOWNS[nth // 3 % 8]
    return [
        f"{town} Mayor Ada {one} said Tuesday that the council would spend ${nth}.5 million on the harbor wall.",
        f"“We have waited {nth} years for this,” {one} said. “Nobody here believed it would come.”",
        f"The work will close Dock Street, the port authority said in an e-mail, and {nth} ferries will move to the north pier.",
        f"Bo {other}, an economist at the University of {town}, said the cost could rise by {nth} percent if steel stays dear.",
        f"The council voted 7-2 in favor. {other} and one other member voted no, and multiple media outlets reported long lines.",
        f"Gov. Per {one} said in an e-mail that the state would match the money. He did not say when.",
    ][nth % 6]


def draft(length):
    """The story, of `length` bytes or a few more."""
    written = ["HALDEN, Ill. (AP) — The harbor wall will be rebuilt, the mayor said Tuesday."]
    while length > 0:
        written.append(paragraph(len(written)))
        length -= len(written[-1].encode()) + 2
    return "\n\n".join(written) + "\n"


if __name__ == "__main__":
    print(draft(int(sys.argv[1])), end="")
