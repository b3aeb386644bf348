namespace Sensing.Dashboards.Pages;

/// <summary>The pages of a built client, in the order of the navigation: <c>pages.json</c>.</summary>
internal sealed record PageList(PageEntry[] Pages);
