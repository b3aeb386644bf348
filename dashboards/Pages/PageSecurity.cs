namespace Sensing.Dashboards.Pages;

/// <summary>Response headers that keep a page to its own origin: no foreign script, frame, form or connection.</summary>
internal static class PageSecurity
{
    /// <summary>Styles set through the CSSOM (uPlot, Leaflet) need no exception; inline style and script stay forbidden.
    /// blob: and data: are for pictures that the page itself draws.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        + "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Apply(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
    }
}
