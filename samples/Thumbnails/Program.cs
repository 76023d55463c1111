using ServerlessConcurrency;
using SkiaSharp;

return await ConcurrencyLab.RunAsync(args);

/// <summary>Photos made small: decode, resize, encode. All of it is processor time.</summary>
public sealed class Thumbnails : IWorkloadSetup
{
    private const int PhotoPixels = 1_200;
    private const int Quality = 80;

    private byte[] _photo = [];

    /// <summary>Makes the photo that stands for those in a store: the time to get it is not part of a task.</summary>
    public Task SetupAsync(CancellationToken cancellationToken)
    {
        var pixels = new SKColor[PhotoPixels * PhotoPixels];
        for (int y = 0; y < PhotoPixels; y++)
            for (int x = 0; x < PhotoPixels; x++)
                pixels[(y * PhotoPixels) + x] = new SKColor((byte)(x ^ y), (byte)(x * y / 64), (byte)(x + y));
        using var bitmap = new SKBitmap(PhotoPixels, PhotoPixels) { Pixels = pixels };
        using SKData jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, Quality);
        _photo = jpeg.ToArray();
        return Task.CompletedTask;
    }

    [Workload("thumbnail", SizeUnit = "pixels")]
    public byte[] Make(WorkItem item)
    {
        using SKBitmap photo = SKBitmap.Decode(_photo);
        using SKBitmap small = photo.Resize(new SKSizeI((int)item.Size, (int)item.Size), new SKSamplingOptions(SKCubicResampler.Mitchell));
        using SKData jpeg = small.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return jpeg.ToArray();
    }
}
