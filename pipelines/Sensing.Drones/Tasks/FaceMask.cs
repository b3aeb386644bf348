using Sensing.Vision.Frames;

namespace Sensing.Drones.Tasks;

/// <summary>Tells whether a visible face wears a mask: skin between the eyes, none at mouth and chin.</summary>
/// <remarks>Skin by its chroma, whose range hardly depends on how dark it is (Chai and Ngan 1999: Cb 77…127, Cr 133…173). A mask of the colour of skin is
/// therefore not seen. How often the answer is right has not been measured: the recordings at hand show too few faces.</remarks>
public static class FaceMask
{
    // Squares, of the face's width: between the eyes there is room for a third; mouth and chin take more, and begin at the mouth, since the model
    // puts the mouth of a covered face too high.
    private const float EyesPatch = 0.3f, MouthPatch = 0.4f, ChinBelowMouth = 0.2f;

    // Most of what is seen between the eyes must be skin before anything is said; a masked mouth has little of it.
    private const float BareShare = 0.4f, CoveredShare = 0.25f;

    /// <summary>What a face wears.</summary>
    public static MaskState Of(Frame frame, Face face)
    {
        float width = face.Right - face.Left;
        float eyes = SkinShare(frame, face.Eyes, EyesPatch * width);
        float mouth = SkinShare(frame, face.Mouth with { Y = face.Mouth.Y + (ChinBelowMouth * width) }, MouthPatch * width);
        return mouth >= BareShare ? MaskState.NoMask
            : eyes >= BareShare && mouth <= CoveredShare ? MaskState.Mask
            : MaskState.NoFaceVisible;
    }

    /// <summary>How much of a square is skin, 0…1.</summary>
    internal static float SkinShare(Frame frame, KeyPoint middle, float side)
    {
        float scale = frame.ChromaWidth / (float)frame.CameraWidth;
        int x0 = Math.Max(0, (int)((middle.X - (side / 2)) * scale)), x1 = Math.Min(frame.ChromaWidth, (int)((middle.X + (side / 2)) * scale) + 1);
        int y0 = Math.Max(0, (int)((middle.Y - (side / 2)) * scale)), y1 = Math.Min(frame.ChromaHeight, (int)((middle.Y + (side / 2)) * scale) + 1);
        int skin = 0, all = 0;
        for (int y = y0; y < y1; y++)
        {
            for (int x = x0; x < x1; x++)
            {
                int i = (y * frame.ChromaWidth) + x;
                skin += frame.Cb[i] is >= 77 and <= 127 && frame.Cr[i] is >= 133 and <= 173 ? 1 : 0;
                all++;
            }
        }

        return all == 0 ? 0 : skin / (float)all;
    }
}
