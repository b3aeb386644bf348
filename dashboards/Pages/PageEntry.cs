namespace Sensing.Dashboards.Pages;

/// <summary>One page of the client, as its build lists it in <c>pages.json</c>.</summary>
/// <param name="Name">Name of the page's folder.</param>
/// <param name="Path">Its address: <c>/</c> or <c>/name</c>.</param>
/// <param name="Title">What the navigation calls it.</param>
internal sealed record PageEntry(string Name, string Path, string Title);
