using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.ResponseCompression;

namespace Sensing.CloudIngest.Query;

/// <summary>Compresses answers for those who accept it: events as JSON become a sixth. Live streams stay as they are, since an event must not wait
/// in a compressor.</summary>
/// <remarks>Encrypted ones too: an answer holds no secret that a stranger could guess by what he mixes into it (BREACH), since nobody else's input is part of it.</remarks>
internal sealed class CompressedAnswers : IStartupFilter
{
    public static void Configure(ResponseCompressionOptions options)
    {
        options.EnableForHttps = true;

        // At their fastest, Brotli is a third worse on events.
        options.Providers.Add<GzipCompressionProvider>();
        options.MimeTypes = [MediaTypeNames.Application.Json, MediaTypeNames.Application.ProblemJson];
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseResponseCompression();
        next(app);
    };
}
