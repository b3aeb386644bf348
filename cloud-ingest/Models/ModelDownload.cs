using Microsoft.AspNetCore.Http;

namespace Sensing.CloudIngest.Models;

/// <summary>An answer that counts as a download until it has been sent.</summary>
internal sealed class ModelDownload(IResult file, ModelDownloads downloads) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            await file.ExecuteAsync(httpContext).ConfigureAwait(false);
        }
        finally
        {
            downloads.End();
        }
    }
}
