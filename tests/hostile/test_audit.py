"""The audit sees what it is there to see; a test that sees nothing proves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile import audit, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SITE = "https://maison.example/hub"
SHOWN = [
    "<p onclick=x>y</p>", "<p style=x>y</p>", "<script>x</script>", "<img src=//x.example/a>", "<img src=data:,x>",
    "<a href=javascript:x>y</a>", "<a href=' java&#10;script:x'>y</a>", "<a href='data:text/html,x'>y</a>",
    "<svg><path d=x /></svg>", "<math></math>", "<form></form>", "<style></style>", "<base href=x>",
    "<iframe></iframe>", "<iframe class=snippet-frame src=x></iframe>",
    "<iframe class=snippet-frame sandbox=allow-scripts src=x></iframe>",
    "<iframe class=snippet-frame sandbox srcdoc=x></iframe>",
    "<iframe class=snippet-frame sandbox src=//x.example/a></iframe>",
    "<img srcset='https://x.example/a 1x'>", "<template><b>x</b></template>", "<object data=x></object>",
    "<a xlink:href=javascript:x>y</a>", "<script type='application/ld+json' src=x></script>", "<p><link rel=x></p>",
    "<p>x<title>y</title></p>", "<img src='/\\x.example/a'>",
]  # fmt: skip
LEFT_ALONE = [
    "<a href='https://x.example/'>y</a>", "<a href='../x'>y</a>", "<img src='../x.png'>", f"<img src='{SITE}/x.png'>",
    "<script type='application/ld+json'>{}</script>", "<svg class='glyph'><path d=x /></svg>", "<b>x</b>",
    "<iframe class=snippet-frame sandbox src='../x/'></iframe>",
]  # fmt: skip


@pytest.mark.parametrize("html", SHOWN)
def test_what_is_active_or_from_elsewhere_is_seen(html: str) -> None:
    assert audit.page_faults(audit.seen(html, "page"), SITE) != []


@pytest.mark.parametrize("html", LEFT_ALONE)
def test_what_a_page_may_hold_is_left_alone(html: str) -> None:
    assert audit.page_faults(audit.seen(html, "page"), SITE) == []


@pytest.mark.parametrize(
    "html", ["<a href='../x'>y</a>", "<img src=x>", "<script type='application/ld+json'></script>"]
)
def test_a_feed_may_hold_less(html: str) -> None:
    assert audit.fragment_faults(audit.seen(html, "feed"), SITE) != []


def test_a_browser_sees_the_same(chromium: Browser) -> None:
    with serving.listening() as (address, _), chromium.new_context() as context:
        page = context.new_page()
        page.goto(serving.blank(address))
        for html in SHOWN + LEFT_ALONE:
            assert bool(audit.page_faults(audit.seen_by(page, html={"": html}), SITE)) is (html in SHOWN), html
