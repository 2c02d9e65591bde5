namespace Crm.Recipes.Graphs;

/// <summary>Colours, fonts and icons of a procedure chart: legible in light and dark surroundings, light on paper. Kinds differ in icon and border, not in colour alone.</summary>
internal static class SvgStyle
{
    public const string Text =
        """
        <style>
        svg { --paper:#ffffff; --ink:#1b1f24; --soft:#50575e; --line:#5b636b; --lane:#eef1f4; --step:#ffffff; --person:#fff6dc; --sample:#e6f1fb; --gate:#fdeae4; --wait:#f3f3f3; --frame:#8a939b; --flow:#30577d; }
        @media (prefers-color-scheme: dark) { svg { --paper:#14171a; --ink:#eceff1; --soft:#b4bcc4; --line:#98a2ab; --lane:#1f2428; --step:#2a3035; --person:#433a1e; --sample:#1d3448; --gate:#4a2a22; --wait:#34393e; --frame:#7d868e; --flow:#8fb8e0; } }
        @media print { svg { --paper:#ffffff; --ink:#000000; --soft:#333333; --line:#444444; --lane:#f4f4f4; --step:#ffffff; --person:#ffffff; --sample:#ffffff; --gate:#ffffff; --wait:#ffffff; --frame:#666666; --flow:#000000; } }
        text { font-family: Arial, "Liberation Sans", Helvetica, sans-serif; fill: var(--ink); }
        .paper { fill: var(--paper); }
        .title { font-size: 22px; font-weight: bold; }
        .heading { font-size: 13px; fill: var(--soft); }
        .unit { font-size: 15px; font-weight: bold; }
        .group { font-size: 12px; font-weight: bold; fill: var(--soft); }
        .name { font-size: 13px; font-weight: bold; }
        .detail { font-size: 12px; }
        .condition { font-size: 12px; font-style: italic; }
        .sheet { font-size: 11px; fill: var(--soft); }
        .cut { fill: none; stroke: var(--frame); stroke-width: 1; stroke-dasharray: 2 6; }
        .badge { font-size: 11px; font-weight: bold; text-anchor: middle; }
        .lane { fill: var(--lane); stroke: var(--line); stroke-width: 1.5; }
        .step { fill: var(--step); stroke: var(--line); stroke-width: 1.2; }
        .person { fill: var(--person); stroke: var(--line); stroke-width: 1.2; }
        .sample { fill: var(--sample); stroke: var(--line); stroke-width: 1.2; }
        .gate { fill: var(--gate); stroke: var(--ink); stroke-width: 2.4; }
        .wait { fill: var(--wait); stroke: var(--line); stroke-width: 1.2; stroke-dasharray: 5 3; }
        .pill { fill: var(--paper); stroke: var(--ink); stroke-width: 1; }
        .frame { fill: none; stroke: var(--frame); stroke-width: 1.4; stroke-dasharray: 8 4; }
        .link { fill: none; stroke: var(--ink); stroke-width: 1.6; }
        .bar { fill: none; stroke: var(--ink); stroke-width: 2; }
        .loop { fill: none; stroke: var(--ink); stroke-width: 1.6; marker-end: url(#tip); }
        .next { fill: none; stroke: var(--ink); stroke-width: 1.6; marker-end: url(#tip); }
        .flow { fill: none; stroke: var(--flow); stroke-width: 3; stroke-dasharray: 9 4; marker-end: url(#flowtip); }
        .icon { fill: none; stroke: var(--ink); stroke-width: 1.4; stroke-linejoin: round; stroke-linecap: round; }
        .solid { fill: var(--ink); stroke: none; }
        </style>
        <defs>
        <marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="solid" d="M0 0 L10 5 L0 10 z"/></marker>
        <marker id="flowtip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="12" markerHeight="12" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 L10 5 L0 10 z" style="fill:var(--flow)"/></marker>
        <g id="i-phase"><path class="icon" d="M2 3h12v10h-12z M5 6h6 M5 9.5h6"/></g>
        <g id="i-person"><circle class="icon" cx="8" cy="4.5" r="3"/><path class="icon" d="M2 15c0-4 2.5-6 6-6s6 2 6 6"/></g>
        <g id="i-sample"><path class="icon" d="M6 1.5h4 M6.5 1.5v5l-4 7.5h11l-4-7.5v-5 M4.5 10.5h7"/></g>
        <g id="i-gate"><path class="icon" d="M8 1l7 7-7 7-7-7z M5.5 8l2 2 3.5-4"/></g>
        <g id="i-wait"><path class="icon" d="M3 2h10 M3 14h10 M4 2c0 4 8 8 8 12 M12 2c0 4-8 8-8 12"/></g>
        </defs>
        """;
}
