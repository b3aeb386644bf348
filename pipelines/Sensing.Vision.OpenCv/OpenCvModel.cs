namespace Sensing.Vision.OpenCv;

/// <summary>A background model of OpenCV.</summary>
public enum OpenCvModel
{
    /// <summary>Mixture of Gaussians (Zivkovic, ICPR 2004).</summary>
    Mog2,

    /// <summary>K nearest neighbours (Zivkovic and van der Heijden, Pattern Recognition Letters 27, 2006).</summary>
    Knn,
}
