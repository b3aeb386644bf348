namespace Sensing.Dashboards.Pages;

/// <summary>One file of the client, ready to be sent.</summary>
/// <param name="ContentType">Media type with its charset.</param>
/// <param name="Plain">The file.</param>
/// <param name="Compressed">The file in gzip; null where it does not get smaller.</param>
/// <param name="EntityTag">Strong validator of the plain form, with its quotes.</param>
internal sealed record PageFile(string ContentType, byte[] Plain, byte[]? Compressed, string EntityTag);
